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

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Smtp.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
