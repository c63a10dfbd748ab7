import type { SuppressionStep } from '../../worker/tasks/suppress.ts';

/** The steps of a suppression so far, in words. */
export function SuppressionSteps({ steps }: { readonly steps: readonly SuppressionStep[] }) {
  return (
    <ol class="steps" aria-label="Steps so far" aria-live="polite" tabIndex={0}>
      {steps.map(({ kept, score, left }) => (
        <li key={kept}>
          Box {kept + 1} is kept with score {score.toFixed(3)}; {left.length === 0 ? 'none leaves' : `${left.length} ${left.length === 1 ? 'leaves' : 'leave'} (IoU ${range(left.map(({ iou }) => iou))})`}.
        </li>
      ))}
    </ol>
  );
}

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values).toFixed(2), Math.max(...values).toFixed(2)];
  return least === most ? least : `${least} to ${most}`;
}
