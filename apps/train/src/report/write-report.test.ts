import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { evaluateCoco, evaluateVoc } from '@rcnn/eval';
import { afterAll, describe, expect, it } from 'vitest';
import { summariseEvaluation } from './evaluation-summary.ts';
import type { ReportData } from './report-data.ts';
import { writeReport } from './write-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nasty = `<b>"x"</b> & 'y' </script><!--`;
const escaped = '&lt;b&gt;&quot;x&quot;&lt;/b&gt; &amp; &#39;y&#39; &lt;/script&gt;&lt;!--';
const truth = [{ image: 1, boxes: [0, 0, 10, 10, 20, 0, 30, 10], labels: [1, 1] }];
const found = [{ image: 1, boxes: [0, 0, 10, 10, 50, 0, 60, 10], labels: [1, 2], scores: [0.9, 0.8] }];
const evaluation = summariseEvaluation({
  split: 'test', images: 1, classes: [nasty, 'dog', 'cat'], voc: evaluateVoc(truth, found), coco: evaluateCoco(truth, found), step: 2,
});
const data: ReportData = {
  title: nasty,
  configuration: `name: ${nasty}`,
  metrics: [1, 2].map((step) => ({ step, epoch: step / 2, losses: { [nasty]: 1 / step }, learningRate: 0.01, secondsPerStep: 0.5 })),
  evaluation,
  samples: [{ name: nasty, png: Uint8Array.of(1, 2, 3) }],
};

function written(content: ReportData): string {
  return readFileSync(writeReport(folder, content), 'utf8');
}

describe('writeReport', () => {
  it('writes one file, over the former one, and leaves nothing else behind', () => {
    expect(writeReport(folder, data)).toBe(join(folder, 'report.html'));
    writeReport(folder, { ...data, title: 'second' });
    expect(readdirSync(folder)).toEqual(['report.html']);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<h1>second</h1>');
    expect(() => writeReport(join(folder, 'absent'), data)).toThrow('ENOENT');
  });

  it('refers to nothing outside itself', () => {
    const html = written(data);
    const tags = html.replaceAll(/(<script[^>]*>|<style>)[^]*?(<\/script>|<\/style>)/g, '$1$2');
    expect([...tags.matchAll(/\s(?:src|href)="([^"]{0,12})/g)].map(([, address]) => address)).toEqual(['data:image/p']);
    expect(html).not.toMatch(/@import|url\(/);
    expect(html).toContain(`content="default-src 'none'; img-src data:;`);
  });

  it('escapes every name wherever it stands', () => {
    const html = written(data);
    expect(html.split(escaped).length - 1).toBe(6); // title, heading, class, picture, its caption, configuration
    expect(html).not.toContain('<b>');
    expect(html).not.toContain('<!--');
    expect(html.match(/<script/g)?.length).toBe(3);
    expect(html.match(/<\/script>/g)?.length).toBe(3);
  });

  it('holds the curves as JSON, and scripts that parse', () => {
    const html = written(data);
    const scripts = [...html.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, text]) => text);
    const charts = JSON.parse(scripts[0]) as { title: string; series: { label: string; values: number[] }[] }[];
    expect(charts.map(({ title }) => title)).toEqual(['Losses', 'Learning rate', 'Precision over recall at IoU .5']);
    expect(charts[0].series).toEqual([{ label: 'total', values: [1, 0.5] }, { label: nasty, values: [1, 0.5] }]);
    expect(charts[2].series.map(({ label }) => label)).toEqual([nasty]);
    for (const script of scripts.slice(1)) expect(runInNewContext(`() => { ${script} }`)).toBeTypeOf('function');
  });

  it('has no section for what is absent', () => {
    const headings = (html: string): string[] => [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text);
    expect(headings(written(data))).toEqual(['Training', 'Evaluation', 'COCO figures', 'Detections', 'Configuration']);
    expect(headings(written({ title: 't', configuration: '', metrics: [] }))).toEqual([]);
  });
});

describe('summariseEvaluation', () => {
  it('is plain JSON, with null for what is undefined', () => {
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
    expect(evaluation['mAP@.5']).toBe(0.5);
    expect(evaluation.coco).toMatchObject({ APl: null, AR100: 0.5 });
    expect(evaluation.perClass['dog']).toEqual({ ap: null, cocoAP: null, positives: 0, truePositives: 0, falsePositives: 1, precisionAtRecall: [] });
    expect(evaluation.perClass['cat']).toMatchObject({ ap: null, falsePositives: 0 });
  });

  it('gives the highest precision at each of 101 recalls', () => {
    const { precisionAtRecall } = evaluation.perClass[nasty];
    expect(precisionAtRecall).toEqual(Array.from({ length: 101 }, (_, i) => (i <= 50 ? 1 : 0)));
  });
});
