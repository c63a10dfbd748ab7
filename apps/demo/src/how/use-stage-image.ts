import type { RgbImage } from '@rcnn/geometry';
import { useEffect, useState } from 'preact/hooks';
import type { Compute } from '../compute/client.ts';
import { registerCopy } from '../parts/picture-url.ts';
import { report } from '../state/problem.ts';

/** The longer side of the image in the stages: R-CNN runs selective search on images of this width (Girshick et al. 2014, §2.1). */
export const stageSide = 500;

const fitted = new WeakMap<RgbImage, RgbImage>();

/** The image for the stages; undefined while there is none, or it is made smaller. */
export function useStageImage(image: RgbImage | undefined, compute: Compute): RgbImage | undefined {
  const known = image === undefined ? undefined : Math.max(image.width, image.height) <= stageSide ? image : fitted.get(image);
  const [, setMade] = useState<RgbImage>();
  useEffect(() => {
    if (image === undefined || known !== undefined) return undefined;
    const controller = new AbortController();
    compute('fitImage', { image, side: stageSide }, { signal: controller.signal }).then(
      (made) => {
        registerCopy(made, image);
        fitted.set(image, made);
        setMade(made);
      },
      report,
    );
    return () => controller.abort();
  }, [image]);
  return known;
}
