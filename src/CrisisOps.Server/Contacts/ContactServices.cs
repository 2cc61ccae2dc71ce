namespace CrisisOps.Server.Contacts;

/// <summary>The parts that know how people are reached.</summary>
public static class ContactServices
{
    public static void AddContacts(this IServiceCollection services)
    {
        services.AddSingleton<AddressVault>();
        services.AddSingleton<ContactReaders>();
    }
}
