using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Microblog.ServiceDefaults.Outbox;

/// <summary>
/// A message that commits together with the change it announces. <see cref="OutboxRelay{TContext}"/> publishes it
/// afterwards, in commit order, at least once.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>Rises in the order of insertion; set by the database.</summary>
    public long Id { get; init; }

    /// <summary>Full name of the contract.</summary>
    public required string Type { get; init; }

    /// <summary>The contract as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>W3C trace context of the request that made the change; null outside a trace.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static OutboxMessage For<TMessage>(TMessage message, DateTimeOffset now)
        where TMessage : class => new()
        {
            Type = typeof(TMessage).FullName ?? throw new InvalidOperationException("A contract needs a full name."),
            Body = JsonSerializer.Serialize(message),
            TraceParent = Activity.Current?.Id,
            CreatedAt = now,
        };

    /// <summary>Maps the table <c>outbox</c>, which the owner's first migration creates.</summary>
    public static void Map(ModelBuilder model) => model.Entity<OutboxMessage>(outbox =>
    {
        outbox.ToTable("outbox");
        outbox.HasKey(message => message.Id);
        outbox.Property(message => message.Id).HasColumnName("id").ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
        outbox.Property(message => message.Type).HasColumnName("type");
        outbox.Property(message => message.Body).HasColumnName("body").HasColumnType("jsonb");
        outbox.Property(message => message.TraceParent).HasColumnName("trace_parent");
        outbox.Property(message => message.CreatedAt).HasColumnName("created_at");
    });
}
