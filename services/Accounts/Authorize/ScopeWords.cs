namespace Microblog.Accounts.Authorize;

/// <summary>Scopes in the words of the people who are asked for them.</summary>
internal static class ScopeWords
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["read"] = "read everything in your account",
        ["read:accounts"] = "see your account and its settings",
        ["read:blocks"] = "see whom you block",
        ["read:bookmarks"] = "see your bookmarks",
        ["read:favourites"] = "see your favourites",
        ["read:filters"] = "see your filters",
        ["read:follows"] = "see whom you follow",
        ["read:lists"] = "see your lists",
        ["read:mutes"] = "see whom you mute",
        ["read:notifications"] = "see your notifications",
        ["read:search"] = "search on your behalf",
        ["read:statuses"] = "read the posts you can read",
        ["write"] = "change everything in your account and post in your name",
        ["write:accounts"] = "change your profile",
        ["write:blocks"] = "block and unblock people",
        ["write:bookmarks"] = "bookmark posts",
        ["write:conversations"] = "mute and delete conversations",
        ["write:favourites"] = "mark posts as favourites",
        ["write:filters"] = "change your filters",
        ["write:follows"] = "follow and unfollow people",
        ["write:lists"] = "change your lists",
        ["write:media"] = "upload files",
        ["write:mutes"] = "mute and unmute people",
        ["write:notifications"] = "clear your notifications",
        ["write:reports"] = "report other people",
        ["write:statuses"] = "post and delete posts in your name",
        ["follow"] = "follow, block and mute people in your name",
        ["push"] = "receive your notifications as they happen",
        ["profile"] = "see your name and profile",
        ["admin:read"] = "read everything on this server, where you may",
        ["admin:write"] = "change everything on this server, where you may",
    };

    public static string Of(string scope) => Words.GetValueOrDefault(scope, scope);
}
