/** What `rcnn eval --ablations --json` prints: average precision at IoU .5, as Pascal VOC measures it since 2010. */
export interface AblationSummary {
  readonly split: string;
  readonly images: number;
  readonly classes: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** Of each class; null where there is nothing to find. */
    readonly ap: readonly (number | null)[];
    readonly mAP: number | null;
  }[];
}

/** Percentages, as the paper prints them. */
export function percent(value: number | null): string {
  return value === null ? '–' : (100 * value).toFixed(1);
}

/** The table in the shape of R-CNN's Table 2, as Markdown. */
export function ablationMarkdown({ split, classes, rows }: AblationSummary): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line([split, ...classes, 'mAP']),
    line(['---', ...classes.map(() => '---:'), '---:']),
    ...rows.map(({ name, ap, mAP }) => line([name, ...ap.map(percent), percent(mAP)])),
  ].join('\n');
}
