import { expect, it } from 'vitest';
import { softwareRenderer } from './software-renderer.ts';

it('knows renderers that are no GPU by their names', () => {
  expect(softwareRenderer('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)')).toBe(true);
  expect(softwareRenderer('Microsoft Basic Render Driver')).toBe(true);
  expect(softwareRenderer('ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)')).toBe(false);
});
