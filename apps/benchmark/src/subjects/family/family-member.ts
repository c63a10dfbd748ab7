import type { PublishedTimes } from './published.ts';

/**
 * A system of the family, opened on an image: what finds the objects, and the shorter pieces of work that its parts are worked out
 * from, as in Faster R-CNN's Table 5.
 */
export interface FamilyMember {
  readonly name: string;
  readonly detect: () => Promise<unknown>;
  /** The convolutions alone, of the whole image or of some crops, and how many times as many there are. */
  readonly convolutions: () => Promise<unknown>;
  readonly times: number;
  /** The convolutions and the proposals after them, of a system that makes its own; the search's time is added to the others. */
  readonly propose: (() => Promise<unknown>) | null;
  /** What the paper says of it, if it was timed there on the network that it is published with. */
  readonly published: PublishedTimes | null;
  readonly dispose: () => void;
}

/** A system that is set up when it is measured, so that one at a time is in memory. */
export interface MemberPlan {
  readonly name: string;
  readonly open: () => FamilyMember;
}
