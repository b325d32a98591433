package org.data2vec4j.audio.data.augment;

import org.data2vec4j.audio.data.feature.Fft;

/** Convolution by the Fourier transform, piece by piece (overlap-add). */
final class Convolution {
    private Convolution() {}

    /** The first {@code x.length} samples of the convolution of {@code x} with a response of at least one sample. */
    static float[] of(float[] x, float[] response) {
        int size = Integer.highestOneBit(Math.max(2, 2 * response.length - 1)) * 2;
        int step = size - response.length + 1;
        Fft fft = new Fft(size);
        double[] responseRe = new double[size];
        double[] responseIm = new double[size];
        for (int i = 0; i < response.length; i++) {
            responseRe[i] = response[i];
        }
        fft.transform(responseRe, responseIm);
        double[] out = new double[x.length];
        for (int start = 0; start < x.length; start += step) {
            double[] re = new double[size];
            double[] im = new double[size];
            for (int i = 0; i < Math.min(step, x.length - start); i++) {
                re[i] = x[start + i];
            }
            fft.transform(re, im);
            for (int k = 0; k < size; k++) { // the product, conjugated: a second forward transform then inverts
                double real = re[k] * responseRe[k] - im[k] * responseIm[k];
                im[k] = -(re[k] * responseIm[k] + im[k] * responseRe[k]);
                re[k] = real;
            }
            fft.transform(re, im);
            for (int i = 0; i < Math.min(size, x.length - start); i++) {
                out[start + i] += re[i] / size;
            }
        }
        float[] result = new float[x.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) out[i];
        }
        return result;
    }
}
