import type { Flavour, Mode, Proposals, Ranking } from '@rcnn/proposals';

/** The options of `rcnn proposals` that decide what is found: part of a cache entry's key. */
export interface SearchSettings {
  readonly flavour: Flavour;
  readonly mode: Mode;
  readonly seed: number;
  /** At most so many boxes; all if null. */
  readonly max: number | null;
  readonly minBoxSize: number | null;
  readonly ranking: Ranking | null;
}

/** What a thread is asked: one image. */
export interface ProposalsTask {
  readonly file: string;
  readonly settings: SearchSettings;
  /** Whether the image is turned as its EXIF orientation says. */
  readonly upright?: boolean;
  /** Folder of the cache; null for none. */
  readonly cache: string | null;
}

/** What is known of an image's proposals. */
export interface FoundProposals extends Proposals {
  readonly width: number;
  readonly height: number;
  /** Milliseconds that the search took, decoding not counted. */
  readonly ms: number;
}

/** A thread's answer; `reason` where the image cannot be read. */
export type ProposalsAnswer =
  | { readonly file: string; readonly reason: string }
  | { readonly file: string; readonly found: FoundProposals; readonly cached: boolean; readonly corrupt: string | null };
