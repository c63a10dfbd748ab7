import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '@rcnn/weights';
import { afterAll, describe, expect, it } from 'vitest';
import { rcnn } from '../test-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-weights-'));
const detector = join(folder, 'old.safetensors');
const numbers = { shape: [2, 1], data: Float32Array.of(1, 2) };
writeFileSync(detector, writeSafetensors(new Map([['rpn.head.conv.weight', numbers], ['backbone.body.conv1.weight', numbers]])));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('rcnn weights inspect', () => {
  it('lists names, shapes and dtypes as a table, and as JSON', async () => {
    expect((await rcnn('weights', 'inspect', detector)).stdout).toBe(
      'tensor                      shape  dtype\nrpn.head.conv.weight          2×1    F32\nbackbone.body.conv1.weight    2×1    F32\n2 tensors, 4 numbers, safetensors\n',
    );
    expect(JSON.parse((await rcnn('weights', 'inspect', detector, '--json')).stdout)).toEqual({
      file: detector,
      format: 'safetensors',
      tensors: [{ name: 'rpn.head.conv.weight', shape: [2, 1], dtype: 'F32' }, { name: 'backbone.body.conv1.weight', shape: [2, 1], dtype: 'F32' }],
      total: 4,
    });
  });

  it('says in one line what is wrong with a file', async () => {
    const text = join(folder, 'text.pth');
    writeFileSync(text, 'no weights');
    expect(await rcnn('weights', 'inspect', text)).toEqual({ stdout: '', stderr: `rcnn: ${text}: expected safetensors, a .pth of PyTorch, a .pkl of Detectron2 or a .caffemodel, got another format\n`, exitCode: 1 });
    expect(await rcnn('weights', 'inspect', folder)).toMatchObject({ stderr: `rcnn: ${folder}: expected a file, got a folder\n`, exitCode: 1 });
    expect(await rcnn('weights', 'inspect', join(folder, 'none'))).toMatchObject({ stderr: `rcnn: ${join(folder, 'none')}: no such file\n`, exitCode: 1 });
  });
});

describe('rcnn weights convert', () => {
  const out = join(folder, 'new.safetensors');

  it("gives a detector torchvision's present names, unless told to keep its own", async () => {
    expect((await rcnn('weights', 'convert', detector, '--out', out)).stdout).toBe(`${out}: 2 tensors, 1 under another name than before\n`);
    const { tensors, metadata } = readSafetensors(readFileSync(out));
    expect([...tensors.keys()]).toEqual(['rpn.head.conv.0.0.weight', 'backbone.body.conv1.weight']);
    expect(metadata).toEqual({ format: 'pt' });
    await rcnn('weights', 'convert', detector, '--out', out, '--keep-names');
    expect([...readSafetensors(readFileSync(out)).tensors.keys()]).toEqual(['rpn.head.conv.weight', 'backbone.body.conv1.weight']);
  });

  it('writes only safetensors, and nothing where the source cannot be read', async () => {
    expect(await rcnn('weights', 'convert', detector, '--out', 'a.pth')).toMatchObject({ stderr: "rcnn: option '--out': expected a name that ends in .safetensors, got a.pth\n", exitCode: 1 });
    const never = join(folder, 'never.safetensors');
    expect((await rcnn('weights', 'convert', join(folder, 'none'), '--out', never)).exitCode).toBe(1);
    expect(existsSync(never)).toBe(false);
  });
});
