const ofParts: Readonly<Record<string, number>> = {
  nose: 0.26, eye: 0.25, ear: 0.35, shoulder: 0.79, elbow: 0.72, wrist: 0.62, hip: 1.07, knee: 0.87, ankle: 0.89,
};

const sides = ['left', 'right'];
const cocoNames = ['nose', ...['eye', 'ear', 'shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'].flatMap((part) => sides.map((side) => `${side}_${part}`))];

// Between that of COCO's wrists, which people place well, and that of an eye.
const unknownPart = 0.5;

/**
 * How well people agree on where each keypoint is, `σ`: of COCO's seventeen by their names (`nose`, `left_eye` … `right_ankle`; COCO API,
 * `kpt_oks_sigmas`), .05 for any other. Relative to the square root of the object's area.
 */
export function keypointSigmas(names: readonly string[]): readonly number[] {
  // A tenth, as the COCO API divides, so that the last digits are the same.
  return names.map((name) => (ofParts[name.replace(/^(left|right)_/, '')] ?? unknownPart) / 10);
}

/** The sigmas of COCO's seventeen keypoints of people, from the nose to the right ankle. */
export const cocoKeypointSigmas: readonly number[] = keypointSigmas(cocoNames);
