import { rleFromPolygons } from '@rcnn/geometry';
import type { CocoSegmentation } from './coco-format.ts';

/** A segmentation without the polygons that are none, for some tools write points and lines; and what is wrong with these. */
export function usableSegmentation(segmentation: CocoSegmentation | undefined): { readonly segmentation?: CocoSegmentation; readonly faults: readonly string[] } {
  if (segmentation === undefined || 'counts' in segmentation) {
    return { ...(segmentation && { segmentation }), faults: [] };
  }
  const faults: string[] = [];
  const usable = segmentation.filter((polygon, i) => {
    const fault = polygonFault(polygon);
    if (fault !== undefined) faults.push(fault.replace('polygon 0', `polygon ${i}`));
    return fault === undefined;
  });
  return { ...(usable.length > 0 && { segmentation: usable }), faults };
}

/** Corners are looked at whatever the size of the mask: the smallest takes no time. */
function polygonFault(polygon: readonly number[]): string | undefined {
  try {
    rleFromPolygons([polygon], 1, 1);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
