import { StopButton } from '../parts/stop-button.tsx';
import { busy } from '../state/busy.ts';
import { problem } from '../state/problem.ts';

/** What is being done, and what went wrong. */
export function WorkStatus() {
  const { value: work } = busy;
  return (
    <div class="page-status">
      {problem.value !== undefined && <p class="bad" role="alert">{problem.value}</p>}
      <div class="progress">
        <span class="progress" role="status">
          {work !== undefined && (
            <>
              <progress aria-label={work.label} {...(work.fraction === undefined ? {} : { value: work.fraction, max: 1 })} />
              <span>{work.label}</span>
            </>
          )}
        </span>
        {work !== undefined && <StopButton />}
      </div>
    </div>
  );
}
