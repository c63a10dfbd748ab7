import { busy } from '../state/busy.ts';
import { chooseModel, openedModel } from '../state/detection.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';

/** Which model detects; another can be opened from disk. */
export function ModelChoice({ found }: { readonly found: FoundObjects | undefined }) {
  const model = found?.model ?? openedModel.value;
  return (
    <section class="panel" aria-labelledby="model-title">
      <h2 id="model-title">Model</h2>
      {model !== undefined && (
        <p>
          <strong>{model.name}</strong>, knows {model.classes.slice(0, 5).join(', ')}{model.classes.length > 5 && ` and ${model.classes.length - 5} more classes`}
        </p>
      )}
      <p class="actions">
        <label class="button">
          Open your own
          <input
            class="visually-hidden"
            type="file"
            multiple
            accept=".safetensors,.yaml,.yml,.pth,.pkl"
            onChange={({ currentTarget }) => {
              const files = Array.from(currentTarget.files ?? []);
              if (files.length > 0) void chooseModel(files);
              currentTarget.value = '';
            }}
          />
        </label>
        {openedModel.value !== undefined && <button type="button" class="plain" disabled={busy.value !== undefined} onClick={() => void chooseModel([])}>The page's own</button>}
      </p>
      <p class="quiet">
        A run's <code>model.safetensors</code> and <code>config.yaml</code>, both at once; or a <code>.pth</code> of torchvision's detectors, a <code>.pkl</code> of
        Detectron2's.
      </p>
    </section>
  );
}
