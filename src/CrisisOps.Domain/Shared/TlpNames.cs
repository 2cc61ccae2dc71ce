namespace CrisisOps.Domain.Shared;

/// <summary>Labels of TLP 2.0, as written after <c>TLP:</c>.</summary>
public static class TlpNames
{
    public static string Of(Tlp tlp) => tlp == Tlp.AmberStrict ? "AMBER+STRICT" : tlp.ToString();

    /// <summary>The level of this name; null when there is none.</summary>
    public static Tlp? Parse(string? name) => Enum.GetValues<Tlp>().Where(tlp => Of(tlp) == name).Select(tlp => (Tlp?)tlp).FirstOrDefault();
}
