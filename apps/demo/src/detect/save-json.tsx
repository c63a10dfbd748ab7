import type { ShownImage } from '../state/shown-image.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import { detectionsJson } from './detections-json.ts';

/** Saves what was found as the document that `rcnn detect --json` prints. */
export function SaveJson({ shown, found, minScore }: { readonly shown: ShownImage; readonly found: FoundObjects; readonly minScore: number }) {
  const save = (): void => {
    const { name: file, image, original } = shown;
    const json = detectionsJson(found, { file, image, original, classes: found.model.classes, keypointNames: found.model.keypoints?.names, minScore });
    const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${file.replace(/\.[^.]*$/, '')}-detections.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000); // some browsers read it after the click
  };
  return <p><button type="button" class="plain" onClick={save}>Save as JSON</button></p>;
}
