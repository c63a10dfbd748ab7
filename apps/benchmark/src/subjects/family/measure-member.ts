import { median } from '../../measure.ts';
import type { Row } from '../../subject.ts';
import type { FamilyMember } from './family-member.ts';

/** Milliseconds of an image, as Faster R-CNN's Table 5 divides them; `detection` is all but the proposals. */
export interface MemberTimes {
  readonly whole: number;
  readonly detection: number;
  readonly convolutions: number;
  readonly proposals: number;
  readonly regions: number;
}

const titles: Readonly<Record<keyof MemberTimes, string>> = {
  whole: ', an image',
  detection: ', without proposals',
  convolutions: ': convolutions',
  proposals: ': proposals',
  regions: ': region-wise (pooling, layers, scores, suppression)',
};

/**
 * The times of a system; `search` is what proposals from elsewhere take. What takes less than a quarter of a minute is measured three times. A
 * part is a difference of two times, so that it may come out a little below 0: it is then 0.
 */
export async function timeMember(member: FamilyMember, search: number): Promise<MemberTimes> {
  await member.convolutions(); // for the compiler, and for kernels to be set up
  const convolutions = member.times * (await timed(member.convolutions));
  const detected = await timed(member.detect);
  if (member.propose === null) {
    return { whole: detected + search, detection: detected, convolutions, proposals: search, regions: Math.max(0, detected - convolutions) };
  }
  await member.propose();
  const proposed = Math.max(convolutions, await timed(member.propose));
  const proposals = proposed - convolutions;
  return { whole: detected, detection: detected - proposals, convolutions, proposals, regions: Math.max(0, detected - proposed) };
}

/** A row for each time; `peer` are R-CNN's, of ours and of the papers', so that the ratio is how many times faster it is. */
export function memberRows({ name, published }: FamilyMember, times: MemberTimes, engine: string, peer: { times: MemberTimes; published: FamilyMember['published'] } | null): Row[] {
  return Object.entries(titles).map(([key, title]): Row => {
    const part = key as keyof MemberTimes;
    const [ms, paperMs] = [times[part], published?.[part] ?? null];
    const [peerMs, paperPeerMs] = [peer?.times[part] ?? null, peer?.published?.[part] ?? null];
    return {
      name: `${name}${title}`, engine, ms,
      peer: peerMs === null ? null : 'R-CNN', peerMs,
      ratio: peerMs === null || ms === 0 ? null : peerMs / ms,
      ...(published !== null && paperMs !== null && {
        published: { ms: paperMs, ratio: paperPeerMs === null ? null : paperPeerMs / paperMs, source: published.source },
      }),
    };
  });
}

/** The median of three runs; one, where it takes a quarter of a minute. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  do {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  } while (times.length < 3 && times[0] < 15000);
  return median(times);
}
