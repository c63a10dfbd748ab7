import { type Subject } from './subject.ts';
import { engines } from './subjects/engines.ts';
import { evaluation } from './subjects/eval.ts';
import { family } from './subjects/family.ts';
import { geometry } from './subjects/geometry.ts';
import { masks } from './subjects/masks.ts';
import { proposals } from './subjects/proposals.ts';
import { svd } from './subjects/svd.ts';
import { svm } from './subjects/svm.ts';
import { warp } from './subjects/warp.ts';

/** What `pnpm bench NAME` knows. A new subject is a file in `subjects/`, one in `peers/`, and a line here. */
export const subjects: Readonly<Record<string, Subject>> = {
  engines,
  eval: evaluation,
  family,
  geometry,
  masks,
  proposals,
  svd,
  svm,
  warp,
};
