import type { RgbImage } from '@rcnn/geometry';
import { stageTrunk } from '../model/stage-model.ts';
import { proposeByNetwork, type ProposeByNetworkOutput } from '../network/propose-by-network.ts';
import type { Task } from '../task.ts';

/** The proposal network's answer on an image. */
export const networkProposals: Task<{ readonly image: RgbImage }, ProposeByNetworkOutput> = async ({ image }) => proposeByNetwork(image, await stageTrunk());
