package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.AddressTable.Claim;
import org.wsk4j.provider.core.AddressTable.Sharing;
import org.wsk4j.provider.core.AddressTable.Wish;
import org.wsk4j.security.Account;
import org.wsk4j.security.SecurityContext;
import org.wsk4j.security.SecurityDescriptor;

/** Who may bind where another is bound: the table cell by cell, and the bookkeeping around it. */
class AddressTableTest {
  private static final int PORT = 4711;

  private final AddressTable table = new AddressTable();
  private final AtomicInteger opened = new AtomicInteger();

  /** Columns: the first socket, the second, and the verdict; P plain, R reuse, X exclusive. */
  @ParameterizedTest
  @CsvSource({
    "*P,*P,EXISTS",
    "1P,*P,OK",
    "*R,*P,EXISTS",
    "1R,*P,OK",
    "*X,*P,EXISTS",
    "1X,*P,OK",
    "*P,1P,DENIED",
    "1P,1P,EXISTS",
    "*R,1P,DENIED",
    "1R,1P,DENIED",
    "*X,1P,DENIED",
    "1X,1P,EXISTS",
    "*P,*R,DENIED",
    "1P,*R,OK",
    "*R,*R,OK",
    "1R,*R,OK",
    "*X,*R,DENIED",
    "1X,*R,OK",
    "*P,1R,DENIED",
    "1P,1R,DENIED",
    "*R,1R,OK",
    "1R,1R,OK",
    "*X,1R,DENIED",
    "1X,1R,DENIED",
    "*P,*X,EXISTS",
    "1P,*X,EXISTS",
    "*R,*X,EXISTS",
    "1R,*X,EXISTS",
    "*X,*X,EXISTS",
    "1X,*X,EXISTS",
    "*P,1X,DENIED",
    "1P,1X,EXISTS",
    "*R,1X,DENIED",
    "1R,1X,EXISTS",
    "*X,1X,DENIED",
    "1X,1X,EXISTS",
  })
  void shouldJudgeAsTheTableSays(String first, String second, String verdict) {
    Claim held = table.claim(wish(first));
    assertThat(held.verdict()).isEqualTo(NtStatus.SUCCESS);
    assertThat(held.isShared()).isFalse();

    Claim wanted = table.claim(wish(second));

    NtStatus expected =
        switch (verdict) {
          case "OK" -> NtStatus.SUCCESS;
          case "EXISTS" -> NtStatus.ADDRESS_ALREADY_EXISTS;
          default -> NtStatus.ACCESS_DENIED;
        };
    assertThat(wanted.verdict()).isEqualTo(expected);
    boolean shared = expected == NtStatus.SUCCESS;
    assertThat(wanted.isShared()).isEqualTo(shared);
    assertThat(opened).hasValue(shared ? 1 : 0);
    assertThat(table.size()).isEqualTo(shared ? 2 : 1);
  }

  @Test
  void shouldKeepDifferentAddressesPortsAndFamiliesApart() {
    claim("127.0.0.1", PORT, false);
    claim("127.0.0.2", PORT, false);
    claim("127.0.0.1", PORT + 1, false);
    claim("::1", PORT, false);
    claim("::", PORT + 2, false);
    claim("0.0.0.0", PORT + 2, false);

    assertThat(opened).hasValue(0);
    assertThat(table.size()).isEqualTo(6);
  }

  @Test
  void shouldHoldBothFamiliesForADualStackSocket() {
    claim("::", PORT, true);

    assertThat(table.claim(wish("0.0.0.0", PORT, false)).verdict())
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
  }

  @Test
  void shouldHoldAChosenPortFromThenOnAndGiveItBackOnce() {
    Claim any = table.claim(wish("127.0.0.1", 0, false));
    assertThat(table.size()).isZero();
    any.bound(PORT);
    any.bound(PORT);
    assertThat(table.claim(wish("127.0.0.1", PORT, false)).verdict())
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);

    any.release();
    any.release();

    assertThat(table.size()).isZero();
    assertThat(table.claim(wish("127.0.0.1", PORT, false)).verdict()).isEqualTo(NtStatus.SUCCESS);
  }

  /** The first socket grants the account that makes the second: only the open cells change. */
  @ParameterizedTest
  @CsvSource({
    "*P,1P,true", "*P,1R,true", "*P,1X,true", "*R,1P,true", "*R,1X,true", "*X,1P,false",
    "*X,1R,false", "*X,1X,false", "*P,*R,false", "1P,1R,false", "1R,1P,false", "*P,*P,false"
  })
  @Rule({"SEC-24", "SEC-26", "SEC-27", "SEC-28", "SEC-33"})
  void shouldAskTheFirstSocketsDescriptorWhereTheOptionsLeaveItOpen(
      String first, String second, boolean decides) {
    Account friend = new Account("friend");
    AddressAccess granting =
        new AddressAccess(SecurityDescriptor.granting(friend), new SecurityContext(Set.of()));
    AddressAccess friendly =
        new AddressAccess(SecurityDescriptor.grantingNobody(), new SecurityContext(Set.of(friend)));
    AddressAccess stranger =
        new AddressAccess(
            SecurityDescriptor.granting(friend),
            new SecurityContext(Set.of(new Account("stranger"))));
    NtStatus without = table.claim(wish(first)).verdict();
    assertThat(without).isEqualTo(NtStatus.SUCCESS);
    NtStatus byDefault = table.claim(wish(second, friendly)).verdict();
    assertThat(byDefault).isNotEqualTo(NtStatus.SUCCESS);

    AddressTable other = new AddressTable();
    assertThat(other.claim(wish(first, granting)).verdict()).isEqualTo(NtStatus.SUCCESS);
    assertThat(other.claim(wish(second, stranger)).verdict()).isEqualTo(byDefault);
    assertThat(other.claim(wish(second, friendly)).verdict())
        .isEqualTo(decides ? NtStatus.SUCCESS : byDefault);
  }

  private void claim(String address, int port, boolean bothFamilies) {
    assertThat(table.claim(wish(address, port, bothFamilies)).verdict())
        .isEqualTo(NtStatus.SUCCESS);
  }

  private Wish wish(String cell) {
    return wish(cell, AddressAccess.NONE);
  }

  private Wish wish(String cell, AddressAccess access) {
    String address = cell.charAt(0) == '*' ? "0.0.0.0" : "127.0.0.1";
    return new Wish(
        new InetSocketAddress(address, PORT),
        false,
        new Sharing(cell.charAt(1) == 'R', cell.charAt(1) == 'X', access),
        opened::incrementAndGet);
  }

  private Wish wish(String address, int port, boolean bothFamilies) {
    return new Wish(
        new InetSocketAddress(address, port),
        bothFamilies,
        new Sharing(false, false, AddressAccess.NONE),
        opened::incrementAndGet);
  }

  @Test
  void shouldGoOnHoldingForTheOthersWhenOneOfThemLetsGo() {
    Claim first = table.claim(wish("1R"));
    Claim second = table.claim(wish("*R"));
    assertThat(second.isShared()).isTrue();

    first.release();
    first.release();

    assertThat(table.size()).isOne();
    assertThat(table.claim(wish("*P")).verdict()).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    second.release();
    assertThat(table.size()).isZero();
    assertThat(table.claim(wish("*P")).verdict()).isEqualTo(NtStatus.SUCCESS);
  }

  /** An IPv4 address in IPv6 form is an IPv4 address. */
  @Test
  void shouldKnowAnIpv4AddressInIpv6Form() throws Exception {
    Wish mapped =
        new Wish(
            SocketAddresses.toMapped(new InetSocketAddress("127.0.0.1", PORT)),
            false,
            new Sharing(false, false, AddressAccess.NONE),
            opened::incrementAndGet);
    claim("::", PORT, false);
    assertThat(table.claim(mapped).verdict()).isEqualTo(NtStatus.SUCCESS);

    assertThat(table.claim(wish("127.0.0.1", PORT, false)).verdict())
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(table.claim(wish("0.0.0.0", PORT, false)).verdict()).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  void shouldReplaceTheDescriptorAndKeepWhoMadeTheSocket() {
    Account friend = new Account("friend");
    SecurityContext context = new SecurityContext(Set.of(friend));
    AddressAccess access = new AddressAccess(SecurityDescriptor.grantingNobody(), context);

    AddressAccess replaced = access.with(SecurityDescriptor.granting(friend));

    assertThat(replaced.context()).isSameAs(context);
    assertThat(replaced.admits(access)).isTrue();
    assertThat(access.admits(replaced)).isFalse();
  }
}
