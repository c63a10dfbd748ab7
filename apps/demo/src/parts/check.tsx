import { useId } from 'preact/hooks';

/** What {@link Check} is told. */
export interface CheckProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** A labelled box to tick. */
export function Check({ label, value, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class="check">
      <input id={id} type="checkbox" checked={value} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <label for={id}>{label}</label>
    </div>
  );
}
