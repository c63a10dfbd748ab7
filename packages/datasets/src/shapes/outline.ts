/** Names of the generator's shapes, in the order of their labels 1…6. */
export const shapeClasses = ['circle', 'square', 'triangle', 'star', 'cross', 'ring'] as const;

/** One of {@link shapeClasses}. */
export type ShapeClass = (typeof shapeClasses)[number];

/** A shape placed in an image. */
export interface Outline {
  /** Signed distance from a point to the edge, in pixels; negative inside. */
  readonly distance: (x: number, y: number) => number;
  /** `[x1, y1, x2, y2]`, tight. */
  readonly extent: readonly [number, number, number, number];
}

type Point = readonly [number, number];

// Only + − × ÷ √ are used, which IEEE 754 fixes to the last bit on every engine; Math.sin and its kin are not.
const cos36 = (1 + Math.sqrt(5)) / 4;
const sin36 = Math.sqrt(10 - 2 * Math.sqrt(5)) / 4;
const starWaist = 0.45;
const ringHole = 0.52;
const crossArm = 0.36;

const polygons: Readonly<Record<Exclude<ShapeClass, 'circle' | 'ring'>, readonly Point[]>> = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  triangle: [[0, -1], [Math.sqrt(3) / 2, 0.5], [-Math.sqrt(3) / 2, 0.5]],
  star: starPoints(),
  cross: [1, 2, 3, 4].reduce<Point[]>(
    (points) => [...points.map(([x, y]): Point => [-y, x]), [crossArm, -crossArm], [crossArm, -1], [-crossArm, -1]],
    [],
  ),
};

function starPoints(): Point[] {
  const points: Point[] = [];
  let [x, y] = [0, -1];
  for (let i = 0; i < 10; i++) {
    const radius = i % 2 === 0 ? 1 : starWaist;
    points.push([radius * x, radius * y]);
    [x, y] = [cos36 * x - sin36 * y, sin36 * x + cos36 * y];
  }
  return points;
}

/**
 * A shape turned by the unit vector `direction`, its longer side `side` pixels, the middle of its box at `centre`.
 */
export function placeShape(shape: ShapeClass, { centre, direction, side }: { centre: Point; direction: Point; side: number }): Outline {
  const [cx, cy] = centre;
  if (shape === 'circle' || shape === 'ring') {
    const radius = side / 2;
    const hole = shape === 'ring' ? radius * ringHole : 0;
    return {
      distance: (x, y) => {
        const fromCentre = Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
        return hole === 0 ? fromCentre - radius : Math.max(fromCentre - radius, hole - fromCentre);
      },
      extent: [cx - radius, cy - radius, cx + radius, cy + radius],
    };
  }
  const turned = polygons[shape].map(([x, y]): Point => [direction[0] * x - direction[1] * y, direction[1] * x + direction[0] * y]);
  const bounds = boundsOf(turned);
  const scale = side / Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]);
  const points = turned.map(([x, y]): Point => [
    cx + scale * (x - (bounds[0] + bounds[2]) / 2),
    cy + scale * (y - (bounds[1] + bounds[3]) / 2),
  ]);
  return { distance: (x, y) => polygonDistance(points, x, y), extent: boundsOf(points) };
}

function boundsOf(points: readonly Point[]): [number, number, number, number] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Distance to the nearest edge, negative where a ray to the right crosses an odd number of edges. */
function polygonDistance(points: readonly Point[], x: number, y: number): number {
  let nearest = Infinity;
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [ax, ay] = points[j];
    const ex = points[i][0] - ax;
    const ey = points[i][1] - ay;
    const along = Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey)));
    const dx = x - ax - along * ex;
    const dy = y - ay - along * ey;
    nearest = Math.min(nearest, dx * dx + dy * dy);
    if (ay > y !== points[i][1] > y && x < ax + ((y - ay) / ey) * ex) {
      inside = !inside;
    }
  }
  return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
}
