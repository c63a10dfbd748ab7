import type { SKRSContext2D } from '@napi-rs/canvas';

/** How a pose is drawn. */
export interface PoseStyle {
  /** Pairs of keypoints to join, from 0. */
  readonly skeleton?: readonly (readonly [number, number])[] | undefined;
  /** Width of a line. */
  readonly line: number;
  readonly colour: string;
}

/**
 * The keypoints of an object, `[x, y, v]` each in pixels of the picture, as dots joined along the skeleton; those with v = 0 are left
 * out. Black beneath every line keeps them visible on an object of the same colour.
 */
export function strokePose(context: SKRSContext2D, keypoints: readonly number[], { skeleton = [], line, colour }: PoseStyle): void {
  const shown = (k: number): boolean => keypoints[3 * k + 2] > 0;
  context.lineCap = 'round';
  context.setLineDash([]);
  for (const [width, style] of [[2 * line + 2, '#000000'], [2 * line, colour]] as const) {
    context.lineWidth = width;
    context.strokeStyle = style;
    for (const [from, to] of skeleton) {
      if (!(shown(from) && shown(to))) continue;
      context.beginPath();
      context.moveTo(keypoints[3 * from], keypoints[3 * from + 1]);
      context.lineTo(keypoints[3 * to], keypoints[3 * to + 1]);
      context.stroke();
    }
  }
  context.lineWidth = line;
  context.strokeStyle = '#000000';
  context.fillStyle = '#ffffff';
  for (let k = 0; 3 * k < keypoints.length; k++) {
    if (!shown(k)) continue;
    context.beginPath();
    context.arc(keypoints[3 * k], keypoints[3 * k + 1], 1.5 * line + 1, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  context.lineCap = 'butt';
}
