import type { RgbImage } from '@rcnn/geometry';
import { useEffect, useState } from 'preact/hooks';
import type { Compute } from '../compute/client.ts';
import { registerCopy } from '../parts/picture-url.ts';

/** The longer side of the image in the stages: R-CNN runs selective search on images of this width (Girshick et al. 2014, §2.1). */
export const stageSide = 500;

const fitted = new WeakMap<RgbImage, RgbImage>();

/** The image for the stages; undefined while there is none, or it is made smaller, and why if that failed. */
export function useStageImage(image: RgbImage | undefined, compute: Compute): { readonly image: RgbImage | undefined; readonly fault: string | undefined } {
  const known = image === undefined ? undefined : Math.max(image.width, image.height) <= stageSide ? image : fitted.get(image);
  const [, setMade] = useState<RgbImage>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    if (image === undefined || known !== undefined) return undefined;
    const controller = new AbortController();
    setFault(undefined);
    compute('fitImage', { image, side: stageSide }, { signal: controller.signal }).then(
      (made) => {
        registerCopy(made, image);
        fitted.set(image, made);
        setMade(made);
      },
      (error: Error) => {
        if (error.name !== 'AbortError') setFault(error.message);
      },
    );
    return () => controller.abort();
  }, [image]);
  return { image: known, fault };
}
