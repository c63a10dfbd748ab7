/**
 * A hierarchy of regions. Nodes 0 … leaves − 1 are the regions of a segmentation, the others the merges in their order: the
 * last one is the whole image where all regions hang together.
 */
export interface Hierarchy {
  readonly leaves: number;
  /** Nodes in all: 2 · leaves − 1, or fewer where regions remain without neighbours. */
  readonly count: number;
  /** The node that each was merged into; −1 at the top. */
  readonly parents: Int32Array;
  /** The two nodes that each was merged from; −1, −1 for leaves. */
  readonly children: Int32Array;
  /** 1 for leaves, one more than the higher child's for the others. */
  readonly levels: Int32Array;
  /** Sizes in pixels. */
  readonly sizes: Int32Array;
  /** `[x1, y1, x2, y2]` a node, in pixels, x2 and y2 one past the last. */
  readonly boxes: Int32Array;
}
