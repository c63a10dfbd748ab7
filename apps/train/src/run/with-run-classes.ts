import type { Dataset } from '@rcnn/datasets';

/**
 * A dataset with the labels of a run's classes, which are found by their names: it may have them in another order, or not all of them.
 * @throws Error if it has objects of a class that the run does not know
 */
export function withRunClasses(dataset: Dataset, classes: readonly string[]): Dataset {
  if (dataset.classes.join('\n') === classes.join('\n')) return dataset;
  const labelOf = dataset.classes.map((name) => classes.indexOf(name) + 1);
  const unknown = dataset.classes.filter((_, i) => labelOf[i] === 0 && dataset.examples.some(({ groundTruth: { labels } }) => labels.includes(i + 1)));
  if (unknown.length > 0) throw new Error(`${dataset.root}: the run knows the classes ${classes.join(', ')}, the dataset has objects of ${unknown.join(', ')} too`);
  const examples = dataset.examples.map((example) => {
    const labels = example.groundTruth.labels.map((label) => labelOf[label - 1]);
    return { ...example, groundTruth: { ...example.groundTruth, labels } };
  });
  const { format, root, split, problems, keypointNames, skeleton } = dataset;
  return { format, root, split, classes, examples, problems, ...(keypointNames && { keypointNames }), ...(skeleton && { skeleton }) };
}
