import { SingleBar } from 'cli-progress';
import { openBar } from './open-bars.ts';

/** What {@link createProgress} is told. */
export interface ProgressOptions {
  /** What is being done: `train`, `checking images`. */
  readonly label: string;
  /** How many units there are in all. */
  readonly total: number;
  /** What is counted: `images`, `steps`. */
  readonly unit: string;
  /** Units done before the start, as after `--resume`. */
  readonly done?: number;
  /** Seconds between two lines where there is no terminal. */
  readonly every?: number;
  readonly stream?: NodeJS.WriteStream;
  /** Milliseconds since whenever. */
  readonly now?: () => number;
}

/** Tells on stderr how far a long piece of work is. */
export interface Progress {
  /** `count` more units are done; `note` is shown beside, `loss 0.42` for one. */
  readonly advance: (count?: number, note?: string) => void;
  /** Ends the bar, or prints the last line. */
  readonly finish: () => void;
  /** Ends the bar, and says nothing more: before a document on stdout, for one. */
  readonly stop: () => void;
}

/**
 * A bar with the time left on a terminal; elsewhere a plain line every so often, and one at the end. A bar that nobody ends is ended with the
 * program.
 */
export function createProgress({ label, total, unit, done = 0, every = 10, stream = process.stderr, now = Date.now }: ProgressOptions): Progress {
  return stream.isTTY ? bar({ label, total, unit, done, stream }) : lines({ label, total, unit, done, every, stream, now });
}

function bar({ label, total, unit, done, stream }: { label: string; total: number; unit: string; done: number; stream: NodeJS.WriteStream }): Progress {
  const format = `${label} {bar} {value}/{total} ${unit}, {eta_formatted} left {note}`;
  const single = new SingleBar({ format, stream, hideCursor: true, etaBuffer: 50, barsize: 30, barCompleteChar: '█', barIncompleteChar: '░' });
  single.start(total, done, { note: '' });
  const stop = (): void => {
    closed();
    single.stop();
  };
  const closed = openBar(stop);
  return { advance: (count = 1, note) => single.increment(count, note === undefined ? {} : { note }), finish: stop, stop };
}

function lines({ label, total, unit, done, every, stream, now }: Required<ProgressOptions>): Progress {
  const start = now();
  let [count, last, lastCount, lastNote] = [done, start, -1, ''];
  const print = (): void => {
    const seconds = (now() - start) / 1000;
    const left = (seconds / Math.max(1, count - done)) * (total - count);
    const time = count >= total ? `took ${duration(seconds)}` : `${duration(left)} left`;
    stream.write(`${label}: ${count}/${total} ${unit}, ${time}${lastNote && `, ${lastNote}`}\n`);
    [last, lastCount] = [now(), count];
  };
  return {
    advance: (more = 1, note) => {
      count += more;
      lastNote = note ?? lastNote;
      if (now() - last >= 1000 * every) {
        print();
      }
    },
    finish: () => {
      if (count > done && lastCount !== count) {
        print();
      }
    },
    stop: () => undefined,
  };
}

/** `42 s`, `3 min 5 s`, `2 h 7 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
