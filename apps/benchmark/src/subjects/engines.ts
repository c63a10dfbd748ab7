import { availableEngines } from '@rcnn/engine';

import { type Subject } from '../subject.ts';
import { convolutionCases } from './engines/convolutions.ts';
import { roiCases } from './engines/roi-operators.ts';
import { trainingCases } from './engines/training-steps.ts';

/**
 * Every engine that starts here beside torchvision: the RoI operators, a step of training, the convolutions of a
 * ResNet-50-FPN. `cpu` takes minutes for what the others do in a moment, and is left out of what is large.
 */
export const engines: Subject = {
  peer: 'engines.py',
  cases: async () => {
    const available = [...new Set((await availableEngines()).filter((name) => name !== 'tfjs-node-gpu'))];
    return [...available.flatMap(roiCases), ...available.flatMap(trainingCases), ...available.flatMap(convolutionCases)];
  },
};
