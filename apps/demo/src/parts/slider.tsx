import { useId } from 'preact/hooks';

/** What {@link Slider} is told. */
export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** How the value is written beside it. */
  readonly format?: (value: number) => string;
}

/** A labelled slider with its value. */
export function Slider({ label, value, min, max, step, onChange, format = String }: SliderProps) {
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <input id={id} type="range" min={min} max={max} step={step} value={value} aria-valuetext={format(value)} onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)} />
      <output for={id}>{format(value)}</output>
    </div>
  );
}
