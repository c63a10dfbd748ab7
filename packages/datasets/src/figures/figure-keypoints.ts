/** Names of a figure's keypoints; left and right are the figure's own. */
export const figureKeypoints = [
  ...(['head', 'neck', 'waist', 'left_elbow', 'right_elbow', 'left_hand', 'right_hand'] as const),
  ...(['left_knee', 'right_knee', 'left_foot', 'right_foot'] as const),
] as const;

/** One of {@link figureKeypoints}. */
export type FigureKeypoint = (typeof figureKeypoints)[number];

const lines: readonly (readonly [FigureKeypoint, FigureKeypoint])[] = [
  ['head', 'neck'], ['neck', 'waist'],
  ['neck', 'left_elbow'], ['left_elbow', 'left_hand'], ['neck', 'right_elbow'], ['right_elbow', 'right_hand'],
  ['waist', 'left_knee'], ['left_knee', 'left_foot'], ['waist', 'right_knee'], ['right_knee', 'right_foot'],
];

/** Pairs of keypoints to be joined by a line, as indices into {@link figureKeypoints}. */
export const figureSkeleton: readonly (readonly [number, number])[] = lines.map(([a, b]) => [figureKeypoints.indexOf(a), figureKeypoints.indexOf(b)]);
