/** What `rcnn score` measures by. */
export const metricNames = ['coco-bbox', 'coco-segm', 'coco-keypoints', 'voc07', 'voc12'] as const;

/** One of {@link metricNames}. */
export type MetricName = (typeof metricNames)[number];

/** A name from the command line as one of {@link metricNames}. */
export function asMetricName(name: string): MetricName {
  const found = metricNames.find((known) => known === name);
  if (found === undefined) throw new Error(`option '--metric <name>': expected ${metricNames.join(', ')}, got ${name}`);
  return found;
}
