/** One `<object>` of a Pascal VOC annotation. */
export interface VocObject {
  readonly name: string;
  /** `[xmin, ymin, xmax, ymax]` */
  readonly box: readonly [number, number, number, number];
  readonly difficult: boolean;
  readonly truncated: boolean;
  /** Line of the `<object>` tag in the file, from 1; absent in one that was not read from a file. */
  readonly line?: number;
}

/** What one Pascal VOC annotation file says. */
export interface VocAnnotation {
  /** Name of the image file; often stale in files passed on from one tool to another. */
  readonly filename?: string;
  readonly width: number;
  readonly height: number;
  readonly objects: readonly VocObject[];
}
