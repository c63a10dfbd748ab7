import { stop } from '../compute/compute.ts';

/** Ends what is being computed. It is seen after a moment: most work is done before. */
export function StopButton() {
  return <button type="button" class="plain stop" onClick={stop}>Stop</button>;
}
