export { type AlignAxis, type AxisSampling } from './align-axis.ts';
export { alignWeights } from './align-weights.ts';
export {
  type FeaturesShape,
  type RoiAlignAttributes,
  type RoiKernelName,
  type RoiPoolAttributes,
  type RoiPoolGradAttributes,
} from './kernels.ts';
export { type OutputSize } from './output-size.ts';
export { poolBins } from './pool-bins.ts';
export { roiAlign, type RoiAlignOptions } from './roi-align.ts';
export { roiPool, type RoiPoolOptions } from './roi-pool.ts';
export { roiWarp, type RoiWarpOptions } from './roi-warp.ts';
export { warpRegions, type WarpRegionsOptions } from './warp/warp-regions.ts';
export { type WarpMode } from './warp/warp-window.ts';
export { spatialPyramidPool, type SpatialPyramidPoolOptions } from './spp/spatial-pyramid-pool.ts';
export { sppGeometry, zf5Geometry, type SppGeometry, type SppLayer } from './spp/spp-geometry.ts';
export { sppScales, type SppScalesOptions } from './spp/spp-scales.ts';
export { sppWindows, type SppWindowsOptions } from './spp/spp-windows.ts';
