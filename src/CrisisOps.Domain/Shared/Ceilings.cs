namespace CrisisOps.Domain.Shared;

/// <summary>How secret a text each audience may read at most (domain §4).</summary>
public static class Ceilings
{
    /// <summary>The most secret TLP of an audience, whatever the clearance of a reader.</summary>
    public static Tlp Of(Audience audience) => audience switch
    {
        Audience.Core => Tlp.RED,
        Audience.CrossFunctional or Audience.Executive => Tlp.AmberStrict,
        Audience.Partner => Tlp.AMBER,
        _ => Tlp.CLEAR,
    };
}
