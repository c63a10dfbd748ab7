import type { ColourSpace } from '../colour/colour-space.ts';
import type { Adjacency } from '../grouping/region-neighbours.ts';
import type { SimilarityWeights } from '../grouping/similarity.ts';
import type { Connectivity } from '../segmentation/sorted-edges.ts';
import type { Ranking } from './ranking.ts';

/** Whose parameters: OpenCV's `ximgproc`, or the MATLAB code of the paper as R-CNN ran it. */
export const flavours = ['opencv', 'matlab'] as const;
/** One of {@link flavours}. */
export type Flavour = (typeof flavours)[number];

/** How much diversification: few groupings, many, or one. */
export const modes = ['fast', 'quality', 'single'] as const;
/** One of {@link modes}. */
export type Mode = (typeof modes)[number];

/** Everything that a selective search is made of. It groups once for each colour space, k and similarity. */
export interface Strategy {
  readonly colourSpaces: readonly ColourSpace[];
  /** The k of the segmentation. */
  readonly ks: readonly number[];
  readonly similarities: readonly SimilarityWeights[];
  /** Blur before the segmentation, in pixels. */
  readonly sigma: number;
  /** Fewest pixels a region of the segmentation has; `k`: as many as k. */
  readonly minSize: number | 'k';
  /** The neighbours of a pixel in the segmentation's graph. */
  readonly connectivity: Connectivity;
  /** What makes regions neighbours in the grouping. */
  readonly adjacency: Adjacency;
  /** Derivatives for texture: OpenCV's of Scharr, or the paper's of a Gaussian. */
  readonly texture: 'scharr' | 'gaussian';
  /** Whether a colour space of one channel weighs as three alike, which is how MATLAB's segmentation, made for RGB, gets it. */
  readonly graySpreads: boolean;
  readonly ranking: Ranking;
  /** Boxes narrower or lower, in pixels, are left out. */
  readonly minBoxSize: number;
}

const [colour, texture, size, fill] = [1, 1, 1, 1];

const opencv = {
  sigma: 0.8,
  minSize: 100,
  connectivity: 4,
  adjacency: 'opencv',
  texture: 'scharr',
  graySpreads: false,
  ranking: 'position',
  minBoxSize: 0,
} as const;

const matlab = {
  sigma: 0.8,
  minSize: 'k',
  connectivity: 8,
  adjacency: 'all',
  texture: 'gaussian',
  graySpreads: true,
  ranking: 'position',
  minBoxSize: 20,
} as const;

/** The published parameters, by flavour and mode. */
export const strategies: Readonly<Record<Flavour, Readonly<Record<Mode, Strategy>>>> = {
  opencv: {
    single: { ...opencv, colourSpaces: ['hsv'], ks: [200], similarities: [{ colour, fill, texture, size }] },
    fast: {
      ...opencv,
      colourSpaces: ['hsv', 'lab'],
      ks: [150, 300, 450],
      similarities: [{ colour, fill, texture, size }, { fill, texture, size }],
    },
    quality: {
      ...opencv,
      colourSpaces: ['hsv', 'lab', 'gray', 'hue', 'rg-gray'],
      ks: [150, 300, 450, 600, 750],
      similarities: [{ colour, fill, texture, size }, { fill, texture, size }, { fill }, { size }],
    },
  },
  matlab: {
    single: { ...matlab, colourSpaces: ['hsv-256'], ks: [100], similarities: [{ colour, texture, size, fill }] },
    fast: {
      ...matlab,
      colourSpaces: ['hsv-256', 'lab'],
      ks: [50, 100],
      similarities: [{ colour, texture, size, fill }, { texture, size, fill }],
    },
    quality: {
      ...matlab,
      colourSpaces: ['hsv-256', 'lab', 'normalized-rg-gray', 'hue-256', 'gray'],
      ks: [50, 100, 150, 300],
      similarities: [{ colour, texture, size, fill }, { texture, size, fill }, { fill }, { size }],
    },
  },
};
