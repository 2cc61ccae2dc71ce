using CrisisOps.Server.Channels.Email;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace CrisisOps.Server.Tests.Channels.Email;

/// <summary>The section <c>Email</c>: what no mail can be sent with stops the server at its start.</summary>
public sealed class EmailSettingsTests
{
    [Fact]
    public void Nothing_set_means_no_mail() => Read().Configured.ShouldBeFalse();

    [Fact]
    public void A_host_and_a_sender_suffice_and_the_connection_is_encrypted()
    {
        var settings = Read(("Host", "mail.crisisops.example"), ("From", "alerts@crisisops.example"));

        settings.ShouldSatisfyAllConditions(
            s => s.Configured.ShouldBeTrue(), s => s.Security.ShouldBe(EmailSecurity.StartTls), s => s.PortInUse.ShouldBe(587), s => s.Timeout.ShouldBe(TimeSpan.FromSeconds(30)));
        Read(("Host", "mail.crisisops.example"), ("From", "alerts@crisisops.example"), ("Security", "SslOnConnect")).PortInUse.ShouldBe(465);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void In_the_clear_is_for_this_machine(string host) =>
        Read(("Host", host), ("From", "alerts@crisisops.example"), ("Security", "None")).PortInUse.ShouldBe(25);

    [Theory]
    [InlineData("Security", "None")]
    [InlineData("Security", "Auto")]
    [InlineData("From", "alerts")]
    [InlineData("From", "")]
    [InlineData("Port", "0")]
    [InlineData("User", "crisisops")]
    [InlineData("Password", "correct horse")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("UnsubscribeUrl", "/stop")]
    [InlineData("UnsubscribeUrl", "http://crisisops.example/stop")]
    [InlineData("Hots", "mail.crisisops.example")]
    public void Anything_else_stops_the_server(string name, string value) =>
        Should.Throw<InvalidOperationException>(() => Read(("Host", "mail.crisisops.example"), ("From", "alerts@crisisops.example"), (name, value)))
            .Message.ShouldNotContain("correct horse");

    [Fact]
    public void The_password_is_never_printed() =>
        Read(("Host", "localhost"), ("From", "alerts@crisisops.example"), ("User", "crisisops"), ("Password", "correct horse")).ToString().ShouldNotContain("horse");

    private static EmailSettings Read(params (string Name, string Value)[] set)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (name, value) in set)
        {
            values[$"Email:{name}"] = value;
        }

        return EmailSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Email"));
    }
}
