package dev.millrace.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sum128ProductTest {

    @Test
    void shouldAddProductsOfThreeFactorsExactly() {
        Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(64);
            long factor = random.nextBoolean() ? 10_000 : random.nextLong() >>> (1 + random.nextInt(63));
            BigInteger expected =
                    BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).multiply(BigInteger.valueOf(factor));
            if (expected.bitLength() < 128) {
                Sum128 sum = new Sum128();
                sum.addProduct(a, b, factor);
                assertEquals(expected.toString(), sum.toString(), () -> a + " × " + b + " × " + factor);
            }
        }
    }
}
