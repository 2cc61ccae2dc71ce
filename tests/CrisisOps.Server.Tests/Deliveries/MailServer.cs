using CrisisOps.Server.Tests.Channels.Email;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A server that sends mail through a real mail server, which takes everything.</summary>
public class MailServer(TestPostgres postgres) : DeliveryServer(postgres)
{
    public SmtpServer Smtp { get; private set; } = null!;

    protected override NodeOptions Options => base.Options with
    {
        Settings = new Dictionary<string, string>(base.Options.Settings)
        {
            ["Email:Host"] = "127.0.0.1",
            ["Email:Port"] = $"{Smtp.Port}",
            ["Email:Security"] = "None",
            ["Email:From"] = "alerts@crisisops.example",
        },
    };

    public override async ValueTask InitializeAsync()
    {
        Smtp = await SmtpServer.Start(MailHandler.Accepting);
        await base.InitializeAsync();
    }

    /// <summary>The so-manieth mail to an address, when it has come.</summary>
    public async Task<Letter> Letter(string address, int number) => Tests.Deliveries.Letter.Of(await Smtp.Mail(address, number));

    /// <summary>What has come to an address until now.</summary>
    public IReadOnlyList<Letter> Letters(string address) => [.. Smtp.Mails(address).Select(Tests.Deliveries.Letter.Of)];

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
            Smtp.ShouldHaveNothingElse();
        }
        finally
        {
            await Smtp.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }
}
