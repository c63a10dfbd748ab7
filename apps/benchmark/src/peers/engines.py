"""torchvision's RoI operators and detectors, and PyTorch's convolutions, on all cores."""

import os
import sys

try:
    import torch
    import torchvision
except ImportError:
    sys.exit(3)

from peer import serve
from torchvision.models.detection import FasterRCNN
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
from torchvision.ops import FrozenBatchNorm2d, MultiScaleRoIAlign, roi_align, roi_pool
from torchvision.ops.feature_pyramid_network import FeaturePyramidNetwork, LastLevelMaxPool

torch.manual_seed(0)
torch.set_num_threads(int(os.environ.get("RCNN_PEER_THREADS", os.cpu_count())))


def nchw(array):
    return torch.from_numpy(array).permute(0, 3, 1, 2).contiguous()


def oihw(array):
    return torch.from_numpy(array).permute(3, 2, 0, 1).contiguous()


def conv_forward(x, filter, stride, padding, xShape, filterShape):
    x, filter = nchw(x), oihw(filter)
    return lambda: torch.conv2d(x, filter, stride=stride, padding=padding).permute(0, 2, 3, 1).flatten()


def conv_input_gradient(dy, filter, stride, padding, xShape, filterShape):
    dy, filter = nchw(dy), oihw(filter)
    shape = [xShape[i] for i in (0, 3, 1, 2)]
    return lambda: torch.nn.grad.conv2d_input(shape, filter, dy, stride, padding).permute(0, 2, 3, 1).flatten()


def conv_filter_gradient(x, dy, stride, padding, xShape, filterShape):
    x, dy = nchw(x), nchw(dy)
    shape = [filterShape[i] for i in (3, 2, 0, 1)]
    return lambda: torch.nn.grad.conv2d_weight(x, shape, dy, stride, padding).permute(2, 3, 1, 0).flatten()


def forward_of(operator):
    def operation(features, boxes, spatialScale):
        features, boxes = nchw(features), [torch.from_numpy(boxes)]
        return lambda: operator(features, boxes, spatialScale).permute(0, 2, 3, 1).flatten()

    return operation


def gradient_of(operator):
    def operation(features, boxes, dy, spatialScale):
        features, boxes, dy = nchw(features).requires_grad_(), [torch.from_numpy(boxes)], nchw(dy)

        def run():
            (gradient,) = torch.autograd.grad(operator(features, boxes, spatialScale), features, dy)
            return gradient.permute(0, 2, 3, 1).flatten()

        return run

    return operation


def align(features, boxes, scale):
    return roi_align(features, boxes, 7, scale, 2)


def pool(features, boxes, scale):
    return roi_pool(features, boxes, 7, scale)


def step_of(model, width, height):
    model.train()
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.SGD(parameters, 1e-4, momentum=0.9, weight_decay=1e-4)
    images = [torch.rand(3, height, width) for _ in range(2)]
    boxes = torch.tensor([[20.0, 30, 120, 160], [150, 60, 300, 200], [200, 100, 260, 180]])
    targets = [{"boxes": boxes, "labels": torch.tensor([1, 2, 1])} for _ in images]

    def step():
        optimizer.zero_grad()
        sum(model(images, targets).values()).backward()
        optimizer.step()
        return []

    return step


def resnet18_step(width, height):
    backbone = resnet_fpn_backbone(backbone_name="resnet18", weights=None, trainable_layers=3)
    return step_of(FasterRCNN(backbone, 91, min_size=height, max_size=width), width, height)


class MobileNetPyramid(torch.nn.Module):
    """MobileNet v2 up to its last bottleneck, with a pyramid at strides 8, 16, 32."""

    out_channels = 64

    def __init__(self):
        super().__init__()
        self.body = torchvision.models.mobilenet_v2(norm_layer=FrozenBatchNorm2d).features[:18]
        self.fpn = FeaturePyramidNetwork([32, 96, 320], 64, LastLevelMaxPool())

    def forward(self, x):
        maps = {}
        for i, layer in enumerate(self.body):
            x = layer(x)
            if i in (6, 13, 17):
                maps[str(i)] = x
        return self.fpn(maps)


def mobilenet_step(width, height):
    sizes = ((16, 24), (40, 56), (80, 112), (144, 192))
    model = FasterRCNN(
        MobileNetPyramid(), min_size=height, max_size=width,
        rpn_anchor_generator=AnchorGenerator(sizes, ((0.5, 1.0, 2.0),) * 4),
        rpn_pre_nms_top_n_train=500, rpn_post_nms_top_n_train=300, box_batch_size_per_image=128,
        box_roi_pool=MultiScaleRoIAlign(["6", "13", "17"], 7, 2, canonical_scale=80, canonical_level=4),
        box_head=torchvision.models.detection.faster_rcnn.TwoMLPHead(64 * 49, 256),
        box_predictor=torchvision.models.detection.faster_rcnn.FastRCNNPredictor(256, 4),
    )
    return step_of(model, width, height)


serve(
    f"torchvision {torchvision.__version__}",
    {
        "convForward": conv_forward,
        "convInputGradient": conv_input_gradient,
        "convFilterGradient": conv_filter_gradient,
        "roi-align forward": forward_of(align),
        "roi-align gradient": gradient_of(align),
        "roi-pool forward": forward_of(pool),
        "roi-pool gradient": gradient_of(pool),
        "resnet18 step": resnet18_step,
        "mobilenet step": mobilenet_step,
    },
)
