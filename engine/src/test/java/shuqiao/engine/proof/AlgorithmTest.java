package shuqiao.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlgorithmTest {

    private static final byte[] MESSAGE = "云泽市 receipt".getBytes(StandardCharsets.UTF_8);

    @Test
    void ed25519_signs_as_rfc_8032_says() {
        var seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        var key = hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        var signature =
                hex(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");

        assertThat(Algorithm.ED25519.publicKey(seed)).isEqualTo(key);
        assertThat(Algorithm.ED25519.signer(seed).sign(new byte[0])).isEqualTo(signature);
        assertThat(Algorithm.ED25519.verify(key, new byte[0], signature)).isTrue();
    }

    @Test
    void sm2_verifies_the_example_of_gb_t_32918_5() throws Exception {
        var d = hex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
        var key =
                hex(
                        "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13");
        var signature =
                StandardDSAEncoding.INSTANCE.encode(
                        ECNamedCurveTable.getParameterSpec("sm2p256v1").getN(),
                        new BigInteger(
                                "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3",
                                16),
                        new BigInteger(
                                "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA",
                                16));
        var message = "message digest".getBytes(StandardCharsets.US_ASCII);

        assertThat(Algorithm.SM2.publicKey(d)).isEqualTo(key);
        assertThat(Algorithm.SM2.verify(key, message, signature)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_signature_holds_for_its_message_and_key_only(Algorithm algorithm) {
        var privateKey = algorithm.newPrivateKey();
        var key = algorithm.publicKey(privateKey);
        var signature = algorithm.signer(privateKey).sign(MESSAGE);
        var random = new Random(8032);

        assertThat(algorithm.isPublicKey(key)).isTrue();
        assertThat(algorithm.verify(key, MESSAGE, signature)).isTrue();
        assertThat(algorithm.verify(key, new byte[0], signature)).isFalse();
        var other = algorithm.publicKey(algorithm.newPrivateKey());
        assertThat(algorithm.verify(other, MESSAGE, signature)).isFalse();
        for (int i = 0; i < signature.length; i++) {
            var changed = signature.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(algorithm.verify(key, MESSAGE, changed)).isFalse();
            assertThat(algorithm.verify(key, MESSAGE, Arrays.copyOf(signature, i))).isFalse();
        }
        assertThat(algorithm.verify(key, MESSAGE, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
        assertThat(algorithm.verify(new byte[0], MESSAGE, signature)).isFalse();
        assertThat(algorithm.verify(new byte[key.length], MESSAGE, signature)).isFalse();
    }

    @Test
    void a_point_that_is_not_on_the_curve_is_no_sm2_key() {
        var key = Algorithm.SM2.publicKey(Algorithm.SM2.newPrivateKey());
        key[40] ^= 1;

        assertThat(Algorithm.SM2.isPublicKey(key)).isFalse();
    }

    @Test
    void sm3_and_sm4_are_those_of_the_standards() {
        assertThat(Sm3.hex("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");

        var key = hex("0123456789abcdeffedcba9876543210");
        var block = new byte[16];
        var sm4 = new SM4Engine();
        sm4.init(true, new KeyParameter(key));
        sm4.processBlock(key, 0, block, 0);
        assertThat(HexFormat.of().formatHex(block)).isEqualTo("681edf34d206965e86b3e94f536e4246");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
