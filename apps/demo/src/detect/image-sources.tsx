import { useEffect, useState } from 'preact/hooks';
import { openFile, openSample } from '../state/open-image.ts';
import { problem } from '../state/problem.ts';
import { nextSample } from '../state/samples.ts';
import { Camera } from './camera.tsx';

/** Where an image comes from: a file chosen, dropped or pasted, a sample, the camera. */
export function ImageSources() {
  const [camera, setCamera] = useState(false);
  const [over, setOver] = useState(false);
  useFilesOfThePage(setOver);
  return (
    <>
      <div class={`sources${over ? ' over' : ''}`}>
        <label class="button">
          Choose an image
          <input
            class="visually-hidden"
            type="file"
            accept="image/*,.svg"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) void openFile(file);
              currentTarget.value = ''; // so that the same file can be chosen again
            }}
          />
        </label>
        <button type="button" class="plain" onClick={() => void openSample(nextSample())}>Another sample</button>
        <button type="button" class="plain" aria-expanded={camera} onClick={() => setCamera(!camera)}>Camera</button>
        <span class="quiet">or drop or paste one</span>
      </div>
      {camera && <Camera onClose={() => setCamera(false)} />}
    </>
  );
}

/** Takes what is dropped anywhere on the page, or pasted. */
function useFilesOfThePage(setOver: (over: boolean) => void): void {
  useEffect(() => {
    const take = (data: DataTransfer | null): void => {
      const file = data?.files[0];
      if (file !== undefined) void openFile(file);
      else problem.value = 'expected an image file, got something else';
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer);
    };
    const dragOver = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const paste = (event: ClipboardEvent): void => {
      if ((event.clipboardData?.files.length ?? 0) > 0) take(event.clipboardData);
    };
    document.addEventListener('drop', drop);
    document.addEventListener('dragover', dragOver);
    document.addEventListener('dragleave', leave);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('drop', drop);
      document.removeEventListener('dragover', dragOver);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('paste', paste);
    };
  }, []);
}
