import { StopButton } from './stop-button.tsx';

/** What {@link Status} is told: what `useCompute` knows. */
export interface StatusProps {
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly progress?: number | undefined;
  /** What is being computed. */
  readonly what: string;
}

/** Says that something is being computed, or why it could not be. */
export function Status({ busy, error, progress, what }: StatusProps) {
  if (error !== undefined) return <p class="bad" role="alert">{error}</p>;
  return (
    <p class="status" role="status">
      {busy && (
        <>
          <span>{what} …</span>
          {progress !== undefined && <progress value={progress} aria-label={what} />}
          <StopButton />
        </>
      )}
    </p>
  );
}
