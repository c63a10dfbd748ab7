import { busy } from '../state/busy.ts';
import { chooseEngine, wantedEngine } from '../state/detection.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';

const titles: Readonly<Record<string, string>> = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly' };

/** Which engine computes, with a switch. */
export function EngineSwitch({ found }: { readonly found: FoundObjects | undefined }) {
  return (
    <section class="panel" aria-labelledby="engine-title">
      <h2 id="engine-title">Engine</h2>
      <label>
        <span class="visually-hidden">Engine to compute with</span>
        <select
          value={wantedEngine.value ?? ''}
          disabled={busy.value !== undefined}
          onChange={({ currentTarget }) => void chooseEngine(currentTarget.value === '' ? undefined : currentTarget.value)}
        >
          <option value="">the best there is</option>
          {Object.entries(titles).map(([name, title]) => <option key={name} value={name}>{title}</option>)}
        </select>
      </label>
      {found !== undefined && <p>Computed on <strong>{titles[found.engine] ?? found.engine}</strong></p>}
      {found !== undefined && wantedEngine.value === undefined && (
        <details>
          <summary>Why this one</summary>
          <p class="quiet">{found.engineReason}</p>
        </details>
      )}
    </section>
  );
}
