"""scikit-learn's linear SVMs (liblinear) and R-CNN's ridge regression in numpy, as packages/heads/src/fixtures/svm.json.

/usr/bin/python3 tooling/golden/heads_svm.py          (Debian's python3-sklearn and python3-torch)

Random inputs are not written down: both sides make them by `noise`.
"""

import numpy
import sklearn
from common import noise, packed, write
from sklearn.svm import LinearSVC
import torch


def svm(count, dimensions, seed, scale, share, cost, weight, multiplier):
    """Decision values of the training examples; an example is positive where its first two features and some noise say so."""
    x = noise([count, dimensions], seed).double().numpy() * scale
    wish = x[:, 0] + x[:, 1] + noise([count], seed + 1).double().numpy() * scale
    y = numpy.where(wish > numpy.quantile(wish, 1 - share), 1, -1)
    model = LinearSVC(loss="hinge", C=cost, intercept_scaling=multiplier, class_weight={1: weight, -1: 1}, tol=1e-7, max_iter=10**6, random_state=0)
    model.fit(x, y)
    return {
        "count": count, "dimensions": dimensions, "seed": seed, "scale": scale,
        "options": {"cost": cost, "positiveWeight": weight, "biasMultiplier": multiplier},
        "positives": numpy.flatnonzero(y == 1).tolist(),
        "bias": model.intercept_[0], "decisions": packed(torch.tensor(model.decision_function(x))),
    }


def ridge(count, dimensions, seed, lam):
    """As rcnn_train_bbox_regressor.m has it: bias column regularised, targets whitened, Cholesky factor."""
    x = numpy.maximum(noise([count, dimensions], seed).double().numpy() * 20, 0)
    y = noise([count, 4], seed + 1).double().numpy() + x[:, :4] * 0.05
    mean = y.mean(0)
    eigenvalues, vectors = numpy.linalg.eigh((y - mean).T @ (y - mean) / count)
    whiten = vectors @ numpy.diag(1 / numpy.sqrt(eigenvalues + 0.001)) @ vectors.T
    unwhiten = vectors @ numpy.diag(numpy.sqrt(eigenvalues + 0.001)) @ vectors.T
    a = numpy.hstack([x, numpy.ones([count, 1])])
    factor = numpy.linalg.cholesky(a.T @ a + lam * numpy.eye(dimensions + 1))
    beta = numpy.linalg.solve(factor.T, numpy.linalg.solve(factor, a.T @ ((y - mean) @ whiten)))
    return {
        "count": count, "dimensions": dimensions, "seed": seed, "lambda": lam,
        "targets": packed(torch.tensor(y)), "predictions": packed(torch.tensor(a @ beta @ unwhiten + mean)),
    }


write("packages/heads/src/fixtures/svm.json", {
    "svm": [
        svm(60, 9, 100, 4, 0.3, 1, 1, 1),
        svm(60, 9, 100, 4, 0.3, 0.01, 2, 10),
        svm(400, 150, 102, 3, 0.1, 1e-3, 2, 10),
        svm(400, 150, 104, 3, 0.1, 0.1, 3, 10),
    ],
    "ridge": [ridge(90, 21, 110, 1000), ridge(90, 21, 110, 0.5), ridge(30, 70, 112, 1000), ridge(70, 70, 114, 4000)],
    "libraries": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
})
