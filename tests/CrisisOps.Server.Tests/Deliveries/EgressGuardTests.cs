using System.Net;
using CrisisOps.Server.Deliveries;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>Whoever registers an endpoint must not reach into the network of the server.</summary>
public class EgressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:0:7f00:1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("5f00::1")]
    [InlineData("9000::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void Nothing_goes_to_addresses_that_are_not_public(string address) => Guard().Allows(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700:4700::1111")]
    public void Public_addresses_are_reached(string address) => Guard().Allows(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void A_private_network_is_reached_when_it_is_named()
    {
        var guard = Guard("10.1.0.0/16");

        guard.Allows(IPAddress.Parse("10.1.2.3")).ShouldBeTrue();
        guard.Allows(IPAddress.Parse("::ffff:10.1.2.3")).ShouldBeTrue();
        guard.Allows(IPAddress.Parse("10.2.0.1")).ShouldBeFalse();
    }

    private static EgressGuard Guard(string? network = null) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Egress:AllowedNetworks:0"] = network ?? "203.0.113.0/24" }).Build());
}
