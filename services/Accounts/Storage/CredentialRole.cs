namespace Microblog.Accounts.Storage;

/// <summary>What somebody may do on this server; everybody may do the same.</summary>
internal sealed record CredentialRole(string Id, string Name, string Color, string Permissions, bool Highlighted)
{
    public static CredentialRole Everybody { get; } = new("-99", "", "", "0", Highlighted: false);
}
