"""scikit-learn's linear SVM (liblinear), and ridge regression in numpy, with its LAPACK."""

import sys

try:
    import numpy
    import sklearn
    from sklearn.svm import LinearSVC
except ImportError:
    sys.exit(3)

from peer import serve


def svm_operation(features, labels, tolerance):
    # Doubles, as liblinear wants them; it then copies them into its own sparse rows.
    features = features.astype("f8")
    model = LinearSVC(loss="hinge", C=1e-3, intercept_scaling=10, class_weight={1: 2, -1: 1}, tol=tolerance, max_iter=100000, random_state=0)
    return lambda: model.fit(features, labels).decision_function(features)


def ridge_operation(features, targets, regularization):
    def solve():
        a = numpy.hstack([features.astype("f8"), numpy.ones([len(features), 1])])
        mean = targets.mean(0, dtype="f8")
        factors = numpy.linalg.solve(a.T @ a + regularization * numpy.eye(a.shape[1]), a.T @ (targets - mean))
        return a @ factors + mean

    return solve


serve(f"scikit-learn {sklearn.__version__}", {"svm": svm_operation, "ridge": ridge_operation})
