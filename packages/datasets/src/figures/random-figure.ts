import type { Rng } from '@rcnn/geometry';
import type { Outline } from '../shapes/outline.ts';
import { between } from '../shapes/random.ts';
import { capsule, union, type Point } from './capsule.ts';
import type { FigureKeypoint } from './figure-keypoints.ts';

/** A stick figure in some posture, placed in an image. */
export interface Figure {
  /** All of it. */
  readonly outline: Outline;
  readonly keypoints: Readonly<Record<FigureKeypoint, Point>>;
  /** Turned to us, with a face; else it shows its back, and its left is the image's left. */
  readonly facing: boolean;
  readonly parts: {
    readonly legs: Outline;
    readonly torso: Outline;
    readonly head: Outline;
    readonly arms: readonly Outline[];
    /** The face and its eyes. */
    readonly face: { readonly disc: Outline; readonly eyes: Outline };
  };
}

// In parts of the figure's height.
const [headRadius, torsoLength, armPart, legPart] = [0.11, 0.3, 0.17, 0.21];

/**
 * A figure of random build and posture. Arms begin outwards and legs downwards, so that no limb changes sides; only + − × ÷ √ are used, as for
 * the shapes.
 * @param options.direction the unit vector that the figure's own horizontal lies along
 */
export function randomFigure(rng: Rng, { height, centre, direction }: { height: number; centre: Point; direction: Point }): Figure {
  const facing = rng.uniform() < 0.6;
  const place = ([x, y]: Point): Point => [
    centre[0] + height * (direction[0] * x - direction[1] * (y - 0.25)),
    centre[1] + height * (direction[1] * x + direction[0] * (y - 0.25)),
  ];
  const thickness = height * between(rng, 0.022, 0.036);
  const build = between(rng, 0.9, 1.1);
  const neck: Point = [0, 0];
  const head: Point = [between(rng, -0.03, 0.03), -headRadius - 0.02];
  const waist: Point = [between(rng, -0.04, 0.04), torsoLength];
  // The image's left, then its right.
  const sides = [-1, 1].map((side) => {
    const shoulder: Point = [0.08 * side, 0.035];
    const upper = unit([side * between(rng, 0.25, 1), between(rng, -0.9, 1)]);
    const elbow = moved(shoulder, upper, armPart * build);
    const hand = moved(elbow, bent(upper, between(rng, -1.3, 1.3)), armPart * build);
    const hip: Point = [waist[0] + 0.05 * side, waist[1]];
    const thigh = unit([side * between(rng, 0.05, 0.7), 1]);
    const knee = moved(hip, thigh, legPart * build);
    const foot = moved(knee, bent(thigh, between(rng, -0.5, 0.5)), legPart * build);
    return { shoulder: place(shoulder), elbow: place(elbow), hand: place(hand), hip: place(hip), knee: place(knee), foot: place(foot) };
  });
  const [left, right] = facing ? [sides[1], sides[0]] : sides;
  const [headAt, neckAt, waistAt] = [place(head), place(neck), place(waist)];
  const limb = (a: Point, b: Point, c: Point): Outline => union([capsule(a, b, thickness), capsule(b, c, thickness), capsule(c, c, 1.4 * thickness)]);
  const disc = (x: number, y: number, radius: number): Outline => {
    const at = place([head[0] + headRadius * x, head[1] + headRadius * y]);
    return capsule(at, at, radius * headRadius * height);
  };
  const parts = {
    legs: union(sides.map(({ hip, knee, foot }) => limb(hip, knee, foot))),
    torso: union([capsule(neckAt, waistAt, 0.055 * height), capsule(sides[0].shoulder, sides[1].shoulder, 1.3 * thickness)]),
    head: union([disc(0, 0, 1), capsule(headAt, neckAt, thickness)]),
    arms: sides.map(({ shoulder, elbow, hand }) => limb(shoulder, elbow, hand)),
    face: { disc: disc(0, 0.08, 0.72), eyes: union([disc(-0.3, -0.05, 0.16), disc(0.3, -0.05, 0.16)]) },
  };
  return {
    outline: union([parts.legs, parts.torso, parts.head, ...parts.arms]),
    keypoints: {
      ...{ head: headAt, neck: neckAt, waist: waistAt },
      ...{ left_elbow: left.elbow, right_elbow: right.elbow, left_hand: left.hand, right_hand: right.hand },
      ...{ left_knee: left.knee, right_knee: right.knee, left_foot: left.foot, right_foot: right.foot },
    },
    facing,
    parts,
  };
}

function unit([x, y]: Point): Point {
  const length = Math.sqrt(x * x + y * y);
  return [x / length, y / length];
}

function moved([x, y]: Point, [dx, dy]: Point, by: number): Point {
  return [x + by * dx, y + by * dy];
}

/** A unit vector turned by the angle of that tangent. */
function bent([x, y]: Point, tangent: number): Point {
  return unit([x - tangent * y, y + tangent * x]);
}
