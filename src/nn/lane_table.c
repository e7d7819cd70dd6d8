#include "nn/lane_variant.h"

const struct lane_kernels LANE_NAME(lane_kernels) = {
#if defined(LANE_AVX512)
    .name = "avx512",
#elif defined(LANE_AVX2)
    .name = "avx2",
#else
    .name = "base",
#endif
    .width = VW,
    .dense = LANE_NAME(lane_dense),
    .dense_dx = LANE_NAME(lane_dense_dx),
    .dense_dw = LANE_NAME(lane_dense_dw),
    .conv = LANE_NAME(lane_conv),
    .conv_dx = LANE_NAME(lane_conv_dx),
    .conv_dw = LANE_NAME(lane_conv_dw),
#ifdef LANE_AVX512
    .patch_dw = LANE_NAME(lane_patch_dw),
#endif
    .maxpool = LANE_NAME(lane_maxpool),
    .maxpool_dx = LANE_NAME(lane_maxpool_dx),
    .to_lanes = LANE_NAME(lane_to_lanes),
    .to_rows = LANE_NAME(lane_to_rows),
    .bias = LANE_NAME(lane_bias),
    .small_dw = LANE_NAME(lane_small_dw),
    .loss = LANE_NAME(lane_loss),
    .mean = LANE_NAME(lane_mean),
    .conv_rows = LANE_NAME(lane_conv_rows),
    .dense_rows = LANE_NAME(lane_dense_rows),
    .map = LANE_NAME(lane_map),
    .slope = LANE_NAME(lane_slope),
    .update = LANE_NAME(lane_update),
    .peak = LANE_NAME(lane_peak),
};
