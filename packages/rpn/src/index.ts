export { anchorGrid, anchorsAtOrigin, caffeAnchorsAtOrigin, exactAnchorsAtOrigin, pyramidAnchors, type AnchorForm, type AnchorShapes, type PyramidAnchors, type PyramidAnchorsOptions } from './anchors.ts';
export { propose, type ProposeOptions, type Proposals } from './propose.ts';
export { rpnHead, type RpnForm, type RpnHeadOptions, type RpnPredictions } from './rpn-head.ts';
export { rpnLoss, type RpnLosses, type RpnLossOptions, type RpnNormalization } from './rpn-loss.ts';
export { rpnTargets, type RpnTargetOptions, type RpnTargets } from './rpn-targets.ts';
