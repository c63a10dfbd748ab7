import { ImageCanvas } from '../parts/image-canvas.tsx';
import { shownImage } from '../state/shown-image.ts';

/** The first view: an image and the objects in it. */
export function DetectView() {
  const { image, name } = shownImage.value;
  return (
    <div class="detect">
      <h1>Detect</h1>
      <ImageCanvas image={image} label={name} />
    </div>
  );
}
