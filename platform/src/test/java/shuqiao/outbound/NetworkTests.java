package shuqiao.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.kernel.Invalid;

/** A block of addresses is written in one way and holds what it should. */
class NetworkTests {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "172.16.0.0/12, 172.31.0.1, 172.32.0.1",
        "192.168.7.128/25, 192.168.7.255, 192.168.7.127",
        "203.0.113.9, 203.0.113.9, 203.0.113.8",
        "0.0.0.0/0, 203.0.113.9, ::1",
        "fc00::/7, fdff::1, fe00::1",
        "::1, ::1, ::2",
        "::/0, 2606::1, 10.0.0.1"
    })
    void it_holds_what_begins_like_it(String network, String inside, String outside) {
        var it = Network.parse(network);

        assertThat(it.contains(InetAddress.ofLiteral(inside))).isTrue();
        assertThat(it.contains(InetAddress.ofLiteral(outside))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.1.2.3, 10.1.2.3/32",
        "FC00::/7, fc00::/7",
        "fd00:0:0:1::/64, fd00:0:0:1::/64",
        "::1, ::1/128",
        "::/0, ::/0",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1/128"
    })
    void it_is_written_in_one_way(String typed, String written) {
        assertThat(Network.parse(typed).text()).isEqualTo(written);
        assertThat(Network.parse(written).text()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.yunze.cn",
                "10.0.0.0/33",
                "::/129",
                "10.0.0/8",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "0x7f.0.0.1",
                "::ffff:10.0.0.0/104",
                "fe80::1%eth0",
                "10.0.0.0/8 10.1.0.0/16"
            })
    void another_shape_is_refused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(Invalid.class);
    }

    @Test
    void bits_after_the_prefix_are_told_with_the_right_form() {
        assertThatThrownBy(() -> Network.parse("10.1.2.3/8"))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        it ->
                                assertThat(it.faults().getFirst().facts())
                                        .containsEntry("network", "10.0.0.0/8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.23",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.250",
                "255.255.255.255",
                "240.0.0.1",
                "::",
                "::169.254.169.254",
                "::ffff:169.254.169.254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "2001:0:a9fe:a9fe::1"
            })
    void some_addresses_are_never_dialled(String address) {
        assertThat(Addresses.never(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.0.0.1", "203.0.113.1", "::1", "fd12::1", "2606:4700::1"})
    void others_are_for_the_policy_to_say(String address) {
        assertThat(Addresses.never(InetAddress.ofLiteral(address))).isFalse();
    }
}
