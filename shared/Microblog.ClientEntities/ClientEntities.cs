using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ClientEntities;

/// <summary>Registers what renders accounts and posts for clients.</summary>
public static class ClientEntities
{
    /// <summary>Accounts and relations.</summary>
    public static void AddClientEntities(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AskedAccounts>();
        builder.Services.AddSingleton<RecentAccounts>();
        builder.Services.AddSingleton<AccountDirectory>();
        builder.Services.AddSingleton<AccountRenderer>();
        builder.Services.AddSingleton<RelationDirectory>();
    }

    /// <summary>Posts as well, loaded by the service's own means when they are not in Redis.</summary>
    public static void AddStatuses<TMissingPosts, TMissingMarks>(this WebApplicationBuilder builder)
        where TMissingPosts : class, IMissingPosts
        where TMissingMarks : class, IMissingMarks
    {
        builder.AddClientEntities();
        builder.Services.AddSingleton<IMissingPosts, TMissingPosts>();
        builder.Services.AddSingleton<IMissingMarks, TMissingMarks>();
        builder.Services.AddSingleton<PostDirectory>();
        builder.Services.AddSingleton<MarkDirectory>();
        builder.Services.AddSingleton<StatusTemplates>();
        builder.Services.AddSingleton<StatusRenderer>();
    }
}
